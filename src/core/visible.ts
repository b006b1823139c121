/** Text from the wire may hold characters that hide, reorder or break what is read. Here they become signs one can see. */

const control = /[\0-\x08\x0b-\x1f\x7f]/g;
const reordering = /[\u202a-\u202e\u2066-\u2069]/g;
const hidden = /[\0-\x1f\x7f-\x9f\u2028\u2029\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** For prose and code: line breaks, tabs and joiners stay; controls and bidirectional overrides are shown. */
export function visibleText(text: string): string {
  return text.replace(control, picture).replace(reordering, codePoint);
}

/** For ids, addresses and evidence: every character that is not itself visible is shown, lone surrogates too. */
export function visibleId(text: string): string {
  return text.replace(hidden, (character) =>
    character < " " || character === "\x7f" ? picture(character) : codePoint(character),
  );
}

/** U+2400 "control pictures": NUL becomes ␀, DEL ␡. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}

function codePoint(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
