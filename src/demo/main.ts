import { parseArgs } from "node:util";
import { startDemoServer } from "./demoServer.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "key-env": { type: "string" },
    rate: { type: "string", default: "40" },
  },
});

const keyVariable = values["key-env"];
const key = keyVariable === undefined ? undefined : process.env[keyVariable];
const port = Number(values.port);
const tokensPerSecond = Number(values.rate);

if (keyVariable !== undefined && (key === undefined || key === "")) {
  fail(`The environment variable ${keyVariable} is not set.`);
} else if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  fail("--port must be a whole number from 0 to 65535.");
} else if (Number.isNaN(tokensPerSecond)) {
  fail("--rate must be a number of tokens a second; 0 means as fast as possible.");
} else {
  await run();
}

/** Prints the base URL as its only line and runs until it is told to end. */
async function run(): Promise<void> {
  const server = await startDemoServer({ port, tokensPerSecond, ...(key === undefined ? {} : { key }) });
  const end = (): void => void server.close();
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  process.stdout.write(`${server.baseUrl}\n`);
}

function fail(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
