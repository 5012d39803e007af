#!/usr/bin/env node
import { machine, run } from "./command";

process.exitCode = run(process.argv.slice(2), machine);
