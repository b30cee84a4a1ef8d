// The walk on the oldest browser we promise, Chrome 86: the main job, the neighbours, and bad days.
"use strict";
const { walk } = require("./chrome86.js");

walk({ ...require("./main_job.js"), ...require("./neighbours.js"), ...require("./bad_days.js") });
