import {archive} from "../../loaders/site/archive.js";

process.stdout.write(await archive("hygiene"));
