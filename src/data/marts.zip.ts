import {archive} from "../../loaders/archive.js";

process.stdout.write(await archive("marts"));
