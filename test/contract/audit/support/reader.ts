/** Reads a whole log, in a process of its own with little memory: prints what it found and the most memory it took. */
import { auditFiles } from "../../../../src/io/audit/auditFiles.ts";

const [folder = ""] = process.argv.slice(2);
const files = auditFiles(folder);
let [entries, bad, tokens] = [0, 0, 0];
await files.read({
  signal: new AbortController().signal,
  onLine: ({ outputTokens = 0 }) => {
    entries++;
    tokens += outputTokens;
  },
  onBad: () => bad++,
});
const tail = (await files.tail(64 * 1024)).length;
const mostMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ entries, bad, tokens, tail, mostMegabytes }));
