import { readFileSync } from "node:fs";

/** A file inside a VSIX: its path there, its own size and what it adds to the VSIX, in bytes. */
export type VsixEntry = { readonly path: string; readonly bytes: number; readonly packedBytes: number };

const endMark = 0x06054b50;
const entryMark = 0x02014b50;

/** Reads the list at the end of a VSIX, which is a ZIP file (APPNOTE.TXT 4.3.12 and 4.3.16); throws when it is none. */
export function vsixEntries(file: string): readonly VsixEntry[] {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== endMark) throw new Error(`${file} is no VSIX.`);
  const entries: VsixEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (at < end && zip.readUInt32LE(at) === entryMark) {
    const lengths = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const [name = 0, extra = 0, comment = 0] = lengths;
    const path = zip.toString("utf8", at + 46, at + 46 + name);
    entries.push({ path, packedBytes: zip.readUInt32LE(at + 20), bytes: zip.readUInt32LE(at + 24) });
    at += 46 + name + extra + comment;
  }
  return entries;
}
