import * as vscode from "vscode";

/** What a person does with one question of a command: types, picks a row, clicks a button, or closes it. */
export type Move =
  { readonly type: string } | { readonly pick: RegExp } | { readonly click: RegExp } | "close";

/** What was asked, and all that was shown with it. */
export interface Question {
  readonly kind: "input" | "pick" | "message";
  readonly text: string;
  readonly choices: readonly string[];
  /** The remark of the input box on what was typed. */
  readonly remark?: unknown;
}

export interface ScriptedPerson {
  /** Every question and message so far. */
  readonly seen: readonly Question[];
  /** Everything that was shown, as one text. */
  shown(): string;
  /** The moves for the questions to come; messages without buttons need none. */
  will(...moves: readonly Move[]): void;
  /** Were all moves made? */
  isDone(): boolean;
  leave(): void;
}

type Window = Record<string, unknown>;

/** Stands between the extension and the editor's dialogs, which a test in the extension host can not click. Everything else is real. */
export function scriptedPerson(): ScriptedPerson {
  const seen: Question[] = [];
  const moves: Move[] = [];
  const window = vscode.window as unknown as Window;
  const before = new Map<string, unknown>();
  const replace = (name: string, answer: (...given: never[]) => unknown): void => {
    before.set(name, window[name]);
    window[name] = answer;
  };
  replace("showInputBox", (options: vscode.InputBoxOptions) => typeInto(options, seen, moves));
  replace("showQuickPick", (items: vscode.QuickPickItem[], options?: vscode.QuickPickOptions) =>
    pickFrom(items, options, seen, moves),
  );
  replace("createQuickPick", () => listOf(seen, moves));
  for (const name of ["showInformationMessage", "showWarningMessage", "showErrorMessage"]) {
    replace(name, (text: string, options: vscode.MessageOptions, ...items: (string | vscode.MessageItem)[]) =>
      answerMessage(text, options, items, seen, moves),
    );
  }
  return {
    seen,
    shown: () => JSON.stringify(seen),
    will: (...given) => void moves.push(...given),
    isDone: () => moves.length === 0,
    leave: () => before.forEach((value, name) => (window[name] = value)),
  };
}

async function typeInto(options: vscode.InputBoxOptions, seen: Question[], moves: Move[]): Promise<unknown> {
  const move = moves.shift();
  const typed = typedBy(move);
  const remark = typed === undefined ? undefined : await options.validateInput?.(typed);
  const text = [options.title, options.prompt, options.value].join(" | ");
  seen.push({ kind: "input", text, choices: [], remark });
  const isRefused =
    typeof remark === "string" || severityOf(remark) === vscode.InputBoxValidationSeverity.Error;
  return isRefused ? undefined : typed;
}

function severityOf(remark: unknown): unknown {
  return remark === Object(remark) ? (remark as vscode.InputBoxValidationMessage).severity : undefined;
}

function pickFrom(
  items: readonly vscode.QuickPickItem[],
  options: vscode.QuickPickOptions | undefined,
  seen: Question[],
  moves: Move[],
): Promise<vscode.QuickPickItem | undefined> {
  const text = [options?.title, options?.placeHolder].join(" | ");
  const choices = items.map(({ label, description = "" }) => `${label} ${description}`.trim());
  seen.push({ kind: "pick", text, choices });
  const move = moves.shift();
  const wanted = move !== undefined && move !== "close" && "pick" in move ? move.pick : undefined;
  return Promise.resolve(items.find(({ label }) => wanted?.test(label) === true));
}

/** A list that a person may also type into: what is typed and fits no row by its label is accepted by the row always shown. */
function listOf(seen: Question[], moves: Move[]): unknown {
  const [changed, accepted, hidden] = [
    new vscode.EventEmitter<string>(),
    new vscode.EventEmitter<void>(),
    new vscode.EventEmitter<void>(),
  ];
  const answer = async (): Promise<void> => {
    const typed = typedBy(moves[0]);
    const { title = "", placeholder: placeHolder = "" } = list;
    const picked = await pickFrom(list.items, { title, placeHolder }, seen, moves);
    if (typed !== undefined) {
      changed.fire(typed);
    }
    const shown = list.items.filter(({ label, alwaysShow }) => alwaysShow === true || label === typed);
    list.selectedItems =
      typed === undefined ? [picked].filter((item) => item !== undefined) : shown.slice(0, 1);
    (list.selectedItems.length === 0 ? hidden : accepted).fire();
  };
  const list = {
    title: undefined as string | undefined,
    placeholder: undefined as string | undefined,
    items: [] as readonly vscode.QuickPickItem[],
    selectedItems: [] as readonly vscode.QuickPickItem[],
    onDidChangeValue: changed.event,
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    show: () => void answer(),
    hide: () => hidden.fire(),
    dispose: () => undefined,
  };
  return list;
}

function typedBy(move: Move | undefined): string | undefined {
  return move !== undefined && move !== "close" && "type" in move ? move.type : undefined;
}

function answerMessage(
  text: string,
  { modal, detail }: vscode.MessageOptions,
  items: readonly (string | vscode.MessageItem)[],
  seen: Question[],
  moves: Move[],
): Promise<unknown> {
  const titleOf = (item: string | vscode.MessageItem): string =>
    typeof item === "string" ? item : item.title;
  seen.push({ kind: "message", text: [text, detail ?? ""].join(" | "), choices: items.map(titleOf) });
  const move = modal === true ? moves.shift() : undefined;
  const wanted = move !== undefined && move !== "close" && "click" in move ? move.click : undefined;
  return Promise.resolve(items.find((item) => wanted?.test(titleOf(item)) === true));
}
