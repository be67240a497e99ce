#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything else is loaded: the cache keeps what Node made of each module, types stripped, for the next run.
enableCompileCache();
await import("./main.ts");
