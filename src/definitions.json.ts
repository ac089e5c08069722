import {reportFile} from "../loaders/site/archive.js";

process.stdout.write(await reportFile("definitions.json"));
