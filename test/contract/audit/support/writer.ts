/**
 * A window of its own: `node writer.ts FOLDER NAME COUNT MAX_BYTES [REPLY_LENGTH]` writes COUNT entries in many small
 * batches, the n-th with the path `/NAME/n`, and prints after each flush how many are on the disk.
 */
import { writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { openAuditLog } from "../../../../src/io/audit/auditLog.ts";
import { anAuditEntry } from "../../../support/auditEntries.ts";

const [folder = "", name = "", count, maxBytes, replyLength = "0"] = process.argv.slice(2);
const perBatch = 50;

const log = openAuditLog(folder, {
  redactor: createRedactor(),
  limits: () => ({ maxBytes: Number(maxBytes), keepMs: 24 * 3600 * 1000 }),
  tell: ({ kind }) => console.error(kind),
  window: name,
});
const reply = "y".repeat(Number(replyLength));
for (let number = 0; number < Number(count); number++) {
  log.write(anAuditEntry({ window: name, path: `/${name}/${number}`, ...(reply === "" ? {} : { reply }) }));
  if (number % perBatch === perBatch - 1) {
    await log.flush();
    writeSync(1, `${number + 1}\n`);
    await setTimeout(1);
  }
}
log.dispose();
