// The driver trees of a report: those of the settings first, then the declared ones.

import {driverTrees, type DriverTree} from "../metrics/drivers.js";
import type {Manifest} from "./manifest.js";

/** Returns all trees; of a KPI with several the first stands for it. */
export const treesOf = ({rules}: Pick<Manifest, "rules">): readonly DriverTree[] => [...(rules?.drivers ?? []), ...driverTrees];
