import assert from "node:assert/strict";
import * as vscode from "vscode";

import { sse, startFaultServer, type FaultServer } from "../support/faultServer.ts";
import { run, setEndpoints } from "./support/keyBench.ts";
import { scriptedPerson, type ScriptedPerson } from "./support/scriptedPerson.ts";

const answer = (content: string): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: "stop" }] });
const code = "def add(a, b):\n    return a - b\n\n\nprint(ad(1, 2))\n";

interface Sent {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly [field: string]: unknown;
}

async function setTemplates(value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration("qwen")
    .update("promptTemplates", value, vscode.ConfigurationTarget.Global);
}

describe("asking from the editor", () => {
  let server: FaultServer;
  let editor: vscode.TextEditor;
  let person: ScriptedPerson;
  const problems = vscode.languages.createDiagnosticCollection("ruff");
  const sent = (): Sent => JSON.parse(String(server.requests.at(-1)?.body)) as Sent;
  const select = (from: number, to: number): void => {
    editor.selection = new vscode.Selection(from, 0, to, 0);
  };

  before(async () => {
    server = await startFaultServer();
    server.serve(sse([answer("ok")]));
    const entry = (id: string): object => ({
      id,
      baseUrl: server.baseUrl,
      key: { from: "none" },
      models: { chat: `${id}-model` },
      checkEverySeconds: 0,
    });
    await setEndpoints([entry("lab"), entry("other")]);
    const document = await vscode.workspace.openTextDocument({ content: code, language: "python" });
    editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const at = (line: number, from: number, to: number): vscode.Range =>
      new vscode.Range(line, from, line, to);
    const name = new vscode.Diagnostic(at(4, 6, 8), 'Undefined name "ad"');
    name.source = "ruff";
    name.code = { value: "F821", target: vscode.Uri.parse("https://example.invalid/F821") };
    const sign = new vscode.Diagnostic(at(1, 11, 16), "Odd sign", vscode.DiagnosticSeverity.Warning);
    problems.set(document.uri, [sign, name]);
  });
  beforeEach(async () => {
    person = scriptedPerson();
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    select(0, 2);
  });
  afterEach(async () => {
    person.leave();
    await setTemplates(undefined);
  });
  after(async () => {
    problems.dispose();
    await setEndpoints(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await server.close();
  });

  it("offers the person's templates with their prompts, then the built-in ones", async () => {
    await setTemplates({ Shorten: "Shorten ${selection}", Explain: "My own way", Broken: "${nothing}" });
    person.will({ pick: /^Shorten$/ });
    const record = await run("qwen.askAboutSelectionWith", "lab");
    assert.equal(record?.outcome, "finished");
    assert.equal(sent().messages[0]?.content, `Shorten ${code.split("\n").slice(0, 2).join("\n")}\n`);
    const { choices = [] } = person.seen.find(({ kind }) => kind === "pick") ?? {};
    const labels = choices.filter((label) => label !== "");
    assert.deepEqual(labels.slice(0, 6), [
      "Shorten",
      "Explain",
      "$(warning) Broken",
      "$(edit) Write a prompt…",
      "Built in",
      "Find mistakes",
    ]);
    assert.equal(labels.at(-1), "$(gear) Edit templates…");
  });

  it("takes a prompt that is written now", async () => {
    person.will({ pick: /Write a prompt/ }, { type: "Is ${file} right?" });
    await run("qwen.askAboutSelectionWith", "lab");
    assert.match(String(sent().messages[0]?.content), /^Is \$\{file\} right\?\n\n```python\ndef add/);
  });

  it("takes what is typed into the list as the prompt, where no template is called so", async () => {
    person.will({ type: "Is ${file} right?" });
    await run("qwen.askAboutSelectionWith", "lab");
    assert.match(String(sent().messages[0]?.content), /^Is \$\{file\} right\?\n\n```python\ndef add/);
    person.will({ type: "Explain" });
    await run("qwen.askAboutSelectionWith", "lab");
    assert.doesNotMatch(String(sent().messages[0]?.content), /^Explain\n/);
  });

  it("asks what is typed about the whole file where nothing is selected", async () => {
    select(0, 0);
    person.will({ type: "What is it for?" });
    await run("qwen.askAboutSelectionWith", "lab");
    assert.equal(sent().messages[0]?.content, `What is it for?\n\n\`\`\`python\n${code}\n\`\`\``);
  });

  it("sends nothing when the list is closed", async () => {
    const before = server.requests.length;
    assert.equal(await run("qwen.askAboutSelectionWith", "lab"), undefined);
    assert.equal(server.requests.length, before);
  });

  it("fills in every variable, and asks the template's own endpoint and model with its extra", async () => {
    await setTemplates({
      All: {
        prompt: "${languageId} ${file}\n${diagnostics}\n$${file}",
        system: "About ${selection}",
        endpoint: "other",
        model: "special",
        extra: { temperature: 0 },
      },
    });
    const record = await run("qwen.askAboutSelectionWith", undefined, { template: "All" });
    assert.equal(record?.endpointId, "other");
    assert.equal(sent().model, "special");
    assert.equal(sent()["temperature"], 0);
    assert.deepEqual(sent().messages, [
      { role: "system", content: `About ${code.split("\n").slice(0, 2).join("\n")}\n` },
      {
        role: "user",
        content: `python ${editor.document.uri.path}\n2:12 warning Odd sign\n\${file}`,
      },
    ]);
  });

  it("sends the problems of the whole file, and the file, where nothing is selected", async () => {
    select(0, 0);
    await run("qwen.askAboutSelectionWith", "lab", { template: "Fix the problems shown" });
    const content = String(sent().messages[0]?.content);
    assert.match(content, /5:7 error Undefined name "ad" \(ruff F821\)\n2:12 warning Odd sign/);
    assert.ok(content.endsWith(`\`\`\`python\n${code}\n\`\`\``), content);
  });

  it("lets a keybinding name a template in its one argument", async () => {
    await setTemplates({ Mine: "Mine" });
    const record = await vscode.commands.executeCommand("qwen.askAboutSelectionWith", {
      template: "Mine",
      endpoint: "other",
    });
    assert.equal((record as { endpointId: string } | undefined)?.endpointId, "other");
    assert.match(String(sent().messages[0]?.content), /^Mine\n\n```python/);
  });

  const refused: readonly { readonly name: string; readonly given: unknown; readonly says: RegExp }[] = [
    {
      name: "a template that is not there",
      given: { template: "Nope" },
      says: /no prompt template .*Nope.*There are: Good/,
    },
    { name: "a template with a mistake", given: { template: "Bad" }, says: /Bad.* has the variable \$\{x\}/ },
    { name: "a number", given: 7, says: /takes the prompt as text/ },
    { name: "an object of another kind", given: { prompt: "x" }, says: /takes the prompt as text/ },
  ];
  for (const { name, given, says } of refused) {
    it(`says what is wrong with ${name}, and sends nothing`, async () => {
      await setTemplates({ Bad: "${x}", Good: "y" });
      const before = server.requests.length;
      assert.equal(await run("qwen.askAboutSelectionWith", "lab", given), undefined);
      assert.equal(server.requests.length, before);
      assert.match(person.shown(), says);
    });
  }

  it("asks for a selection where the template is about one", async () => {
    select(0, 0);
    const before = server.requests.length;
    assert.equal(await run("qwen.askAboutSelectionWith", "lab", { template: "Explain" }), undefined);
    assert.equal(await run("qwen.askAboutSelectionWith", "lab", "Explain"), undefined);
    assert.match(person.shown(), /Select some text in an editor first/);
    assert.equal(server.requests.length, before);
  });

  it("takes the file that an editor's menu passes for no endpoint", async () => {
    person.will({ pick: /lab/ });
    const record = await run("qwen.askAboutSelection", editor.document.uri);
    assert.equal(record?.endpointId, "lab");
  });

  describe("about a selection that is itself a request", () => {
    const selectJson = async (content: string): Promise<void> => {
      const document = await vscode.workspace.openTextDocument({ content, language: "jsonc" });
      const shown = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      shown.selection = new vscode.Selection(0, 0, document.lineCount, 0);
    };
    const messages = [
      { role: "system", content: "Be short." },
      { role: "user", content: "Hi" },
    ];

    it("sends a body as it is, with its own model and fields", async () => {
      const body = { model: "its-own", messages, temperature: 0.1, stream: true, seed: 7 };
      await selectJson(`// a comment\n${JSON.stringify(body, null, 2)}\n`);
      const record = await run("qwen.askAboutSelection", "lab");
      assert.equal(record?.outcome, "finished");
      assert.equal(record.model, "its-own");
      assert.deepEqual(sent(), { ...body, stream_options: { include_usage: true } });
    });

    it("sends a list of messages to the endpoint's own model", async () => {
      await selectJson(JSON.stringify(messages));
      await run("qwen.askAboutSelection", "lab");
      assert.deepEqual(sent().messages, messages);
      assert.equal(sent().model, "lab-model");
    });

    it("says what is wrong with one, and sends nothing", async () => {
      await selectJson('{"messages":[{"content":"x"}]}');
      const before = server.requests.length;
      assert.equal(await run("qwen.askAboutSelection", "lab"), undefined);
      assert.equal(server.requests.length, before);
      assert.match(person.shown(), /message 1 has no role/);
    });

    it("sends other JSON, and any JSON with a prompt of one's own, as text", async () => {
      await selectJson('{"a": 1}');
      await run("qwen.askAboutSelection", "lab");
      assert.equal(sent().messages[0]?.content, '{"a": 1}');
      await selectJson(JSON.stringify(messages));
      await run("qwen.askAboutSelectionWith", "lab", "Is this right?");
      assert.match(String(sent().messages[0]?.content), /^Is this right\?\n\n```jsonc\n\[/);
    });
  });

  it("sends a program's messages as they are", async () => {
    const messages = [
      { role: "system", content: "Be short." },
      { role: "user", content: [{ type: "text", text: "Hi" }], name: "ann" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "a", type: "function", function: { name: "f" } }],
      },
      { role: "tool", content: "1", tool_call_id: "a" },
    ];
    const record = await run("qwen.sendChat", { endpoint: "lab", messages });
    assert.equal(record?.outcome, "finished");
    assert.deepEqual(sent().messages, messages);
  });

  const bad: readonly (readonly [string, unknown])[] = [
    ["both a prompt and messages", { prompt: "a", messages: [{ role: "user", content: "b" }] }],
    ["neither", {}],
    ["no message", { messages: [] }],
    ["a message without a role", { messages: [{ content: "a" }] }],
    ["a question without content", { messages: [{ role: "user" }] }],
    ["content that is a number", { messages: [{ role: "user", content: 7 }] }],
    ["messages that are a text", { messages: "a" }],
  ];
  for (const [name, fields] of bad) {
    it(`refuses a chat with ${name}`, async () => {
      const before = server.requests.length;
      assert.equal(await run("qwen.sendChat", { endpoint: "lab", ...(fields as object) }), undefined);
      assert.equal(server.requests.length, before);
      assert.match(person.shown(), /either prompt or messages/);
    });
  }
});
