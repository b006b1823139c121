import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

import { createRedactor } from "../../src/core/diagnosis/redact.ts";
import type { AnswerHandlers } from "../../src/ui/panel/panelDoors.ts";
import { answerDoor } from "../../src/ui/panel/answerHandlers.ts";
import type { TextOrigin } from "../../src/ui/editor/textOrigin.ts";
import { until } from "./support/until.ts";

const code = "def add(a, b):\n    return a - b\n";
const fixed = "def add(a, b):\n    return a + b";
const answer = `Here it is:\n\n\`\`\`py\n${fixed}\n\`\`\`\n`;
const key = "sk-put-host-test-91c2e7";

type Put = Parameters<AnswerHandlers["answer/put"]>[0];

describe("an answer put into an editor", () => {
  let handlers: AnswerHandlers;
  let origin: TextOrigin | undefined;
  let whole = answer;
  let working: Promise<unknown> = Promise.resolve();
  let folder: string;
  const subscriptions: { dispose(): unknown }[] = [];
  const messages: string[] = [];
  const showMessage = vscode.window.showInformationMessage;
  let whenAsked: (buttons: readonly string[]) => Promise<string | undefined>;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "qwen-put-"));
    const redactor = createRedactor();
    redactor.know(key);
    const door = answerDoor({
      redactor,
      inBackground: (work) => {
        working = work.catch((error: unknown) => messages.push(String(error)));
      },
      subscriptions,
    });
    handlers = door((runId) =>
      runId === "run"
        ? {
            stop: () => undefined,
            again: () => undefined,
            copyText: () => whole,
            applyFix: () => Promise.resolve(),
            ...(origin === undefined ? {} : { origin }),
          }
        : undefined,
    );
    (vscode.window as unknown as Record<string, unknown>)["showInformationMessage"] = (
      text: string,
      _options: unknown,
      ...buttons: string[]
    ) => {
      messages.push(text);
      return whenAsked(buttons);
    };
  });
  beforeEach(() => {
    messages.length = 0;
    origin = undefined;
    whole = answer;
    whenAsked = () => Promise.reject(new Error("nobody should have been asked"));
  });
  after(async () => {
    (vscode.window as unknown as Record<string, unknown>)["showInformationMessage"] = showMessage;
    subscriptions.forEach((each) => void each.dispose());
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  const put = async (asked: Partial<Put>): Promise<void> => {
    const asking = handlers["answer/put"]({ runId: "run", language: "", into: "cursor", ...asked });
    await asking.catch((error: unknown) => messages.push(String(error)));
    await working;
  };
  const open = async (content: string, language = "python"): Promise<vscode.TextEditor> => {
    const document = await vscode.workspace.openTextDocument({ content, language });
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    // Known as the editor used last from the event on.
    await until("the editor", () => vscode.window.activeTextEditor?.document === document);
    return editor;
  };
  const openFile = async (name: string, content: string): Promise<vscode.TextEditor> => {
    writeFileSync(join(folder, name), content);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    await until("the editor", () => vscode.window.activeTextEditor?.document === document);
    return editor;
  };

  it("goes to the cursor as one step to undo, replaces nothing and moves nothing", async () => {
    const editor = await open("if x:\n    \nend\n");
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    await put({ text: "a = 1\nb = 2", into: "cursor" });
    assert.equal(editor.document.getText(), "if x:\n    a = 1\nb = 2\nend\n");
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), "if x:\n    \nend\n");
  });

  it("is the code of its only fence in a program, and all of it in Markdown", async () => {
    const program = await open("");
    await put({});
    assert.equal(program.document.getText(), fixed);
    const prose = await open("", "markdown");
    await put({});
    assert.equal(prose.document.getText(), answer);
  });

  it("goes into the editor used last, which is shown again where another hides it", async () => {
    const editor = await openFile("hidden.py", "x\n");
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.commands.executeCommand("workbench.action.openSettings");
    await until("no editor", () => vscode.window.activeTextEditor === undefined);
    await put({ text: "y" });
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, join(folder, "hidden.py"));
    assert.equal(vscode.window.activeTextEditor.document.getText(), "x\ny");
  });

  it("goes into a file whose editor was closed", async () => {
    await closeAll();
    await openFile("closed.py", "x");
    await closeAll();
    await put({ text: "y" });
    assert.equal(vscode.window.activeTextEditor?.document.getText(), "yx");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("says that a document is read-only, and changes nothing", async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider("qwen-read-only", {
      provideTextDocumentContent: () => "fixed",
    });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("qwen-read-only:/fixed.py"));
    await vscode.window.showTextDocument(document);
    await until("the editor", () => vscode.window.activeTextEditor?.document === document);
    await put({ text: "y" });
    assert.equal(document.getText(), "fixed");
    assert.match(messages.join("\n"), /fixed\.py is read-only/);
    provider.dispose();
  });

  it("loses known keys on the way", async () => {
    const editor = await open("");
    await put({ text: `key = "${key}"` });
    assert.ok(!editor.document.getText().includes(key));
    assert.match(editor.document.getText(), /key = "•+"/);
  });

  it("is told as missing for a run that is not shown any more", async () => {
    const editor = await open("");
    await put({ runId: "old" });
    assert.equal(editor.document.getText(), "");
    assert.match(messages.join(), /no text to put into an editor/);
  });

  describe("in place of the selection", () => {
    it("is shown as a difference first, and replaces it when the person agrees", async () => {
      const editor = await openFile("add.py", code);
      editor.selection = new vscode.Selection(0, 0, 1, 16);
      let compared: readonly string[] = [];
      whenAsked = async (buttons) => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        assert.ok(input instanceof vscode.TabInputTextDiff);
        assert.equal(
          vscode.window.tabGroups.activeTabGroup.activeTab?.label,
          "add.py: current ↔ with the answer",
        );
        assert.equal(input.original.toString(), editor.document.uri.toString());
        const preview = await vscode.workspace.openTextDocument(input.modified);
        compared = [editor.document.getText(), preview.getText(), preview.languageId];
        return buttons[0];
      };
      await put({ into: "selection" });
      assert.deepEqual(compared, [code, `${fixed}\n`, "python"]);
      assert.equal(editor.document.getText(), `${fixed}\n`);
      assert.equal(diffs().length, 0, "the difference is closed");
      await vscode.commands.executeCommand("undo");
      assert.equal(vscode.window.activeTextEditor?.document.getText(), code);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    });

    for (const answered of ["Discard", undefined]) {
      it(`changes nothing when the person ${answered === undefined ? "closes the question" : "discards it"}`, async () => {
        const editor = await openFile("kept.py", code);
        editor.selection = new vscode.Selection(0, 0, 1, 16);
        whenAsked = () => Promise.resolve(answered);
        await put({ into: "selection" });
        assert.equal(editor.document.getText(), code);
        assert.equal(diffs().length, 0);
      });
    }

    it("applies nothing when the text has changed meanwhile", async () => {
      const editor = await openFile("moved.py", code);
      editor.selection = new vscode.Selection(0, 0, 1, 16);
      whenAsked = async (buttons) => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(editor.document.uri, new vscode.Position(0, 0), "# new\n");
        await vscode.workspace.applyEdit(edit);
        return buttons[0];
      };
      await put({ into: "selection" });
      assert.equal(editor.document.getText(), `# new\n${code}`);
      assert.match(messages.join("\n"), /moved\.py has changed meanwhile, so nothing was replaced/);
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    });

    it("is what was selected when it was asked, where nothing is selected now", async () => {
      const editor = await open(code);
      const range = new vscode.Range(1, 4, 1, 16);
      origin = { uri: editor.document.uri, range, text: "return a - b" };
      whenAsked = (buttons) => Promise.resolve(buttons[0]);
      await put({ into: "selection", text: "return a + b" });
      assert.equal(vscode.window.activeTextEditor?.document.getText(), `${fixed}\n`);
    });

    it("keeps the line break that the selection ends with", async () => {
      const editor = await open(`${code}x`);
      editor.selection = new vscode.Selection(0, 0, 2, 0);
      whenAsked = (buttons) => Promise.resolve(buttons[0]);
      await put({ into: "selection" });
      assert.equal(vscode.window.activeTextEditor?.document.getText(), `${fixed}\nx`);
    });

    it("is nothing where what was asked about is another text by now", async () => {
      const editor = await open(code);
      origin = { uri: editor.document.uri, range: new vscode.Range(0, 0, 0, 3), text: "DEF" };
      await put({ into: "selection", text: "x" });
      assert.equal(editor.document.getText(), code);
      assert.match(messages.join("\n"), /asked about has changed/);
    });

    it("asks to select something where nothing is and was", async () => {
      const editor = await open(code);
      await put({ into: "selection", text: "x" });
      assert.equal(editor.document.getText(), code);
      assert.match(messages.join("\n"), /Select the text that is to be replaced first/);
    });
  });

  describe("as a document", () => {
    const cases: readonly (readonly [string, Partial<Put>, string])[] = [
      ["its fence says py", { text: "x = 1", language: "py" }, "python"],
      ["its fence says sh", { text: "ls", language: "sh" }, "shellscript"],
      ["its fence says something unknown", { text: "x", language: "brainfog" }, "plaintext"],
      ["its fence says nothing", { text: "y", language: "" }, "plaintext"],
      ["it is the whole answer", {}, "markdown"],
    ];
    for (const [name, asked, languageId] of cases) {
      it(`is ${languageId} where ${name}`, async () => {
        await put({ into: "document", ...asked });
        const shown = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
        assert.deepEqual(messages, []);
        await until("the document", () => shown()?.getText() === (asked.text ?? answer));
        const document = shown();
        assert.equal(document?.languageId, languageId);
        assert.ok(document.isUntitled);
      });
    }
  });
});

describe("an answer put into an editor where none is open", () => {
  it("asks for a file first", async () => {
    await closeAll();
    // The output is a text editor to VS Code.
    await vscode.commands.executeCommand("workbench.action.closePanel");
    await until("no editor", () => vscode.window.visibleTextEditors.length === 0);
    const subscriptions: { dispose(): unknown }[] = [];
    const messages: string[] = [];
    const door = answerDoor({ redactor: createRedactor(), inBackground: () => undefined, subscriptions });
    for (const into of ["cursor", "selection"] as const) {
      const asking = door(() => undefined)["answer/put"]({ runId: "r", text: "x", language: "", into });
      await asking.catch((error: unknown) => messages.push(String(error)));
    }
    subscriptions.forEach((each) => void each.dispose());
    assert.equal(messages.filter((text) => /Open a file first/.test(text)).length, 2);
  });
});

/** Those that are not saved too, in whichever group; closing all at once would ask whether to save. */
async function closeAll(): Promise<void> {
  const { tabGroups } = vscode.window;
  for (let tries = 0; tries < 100 && tabGroups.all.some(({ tabs }) => tabs.length > 0); tries++) {
    const isEmpty = tabGroups.activeTabGroup.activeTab === undefined;
    await vscode.commands.executeCommand(
      isEmpty ? "workbench.action.focusNextGroup" : "workbench.action.revertAndCloseActiveEditor",
    );
  }
}

function diffs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff);
}
