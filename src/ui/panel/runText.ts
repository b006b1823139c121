/** The texts of a run on their way to the page, secrets removed, gathered until they are taken. */

import type { Appended } from "../../core/chat/appended.ts";
import type { ToolCallAdded } from "../../core/chat/toolCallAssembler.ts";
import type { Redactor, StreamCleaner } from "../../core/diagnosis/redact.ts";

interface CallCleaners {
  readonly name: StreamCleaner;
  readonly argumentsText: StreamCleaner;
}

export class RunText {
  readonly #redactor: Redactor;
  readonly #cleaners: { readonly answer: StreamCleaner; readonly reasoning: StreamCleaner };
  readonly #callCleaners: CallCleaners[] = [];
  #pending: Appended = { answer: "", reasoning: "" };

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
    this.#cleaners = { answer: redactor.stream(), reasoning: redactor.stream() };
  }

  add(lane: "answer" | "reasoning", text: string): void {
    this.#put(lane, this.#cleaners[lane].push(text));
  }

  addToolCall({ index, id, name, argumentsText }: ToolCallAdded): void {
    const cleaners = (this.#callCleaners[index] ??= {
      name: this.#redactor.stream(),
      argumentsText: this.#redactor.stream(),
    });
    this.#putCall({
      index,
      ...(id === undefined ? {} : { id: this.#redactor.clean(id) }),
      // The name is whole when its arguments begin, so nothing of it need be held back any more.
      name: cleaners.name.push(name) + (argumentsText === "" ? "" : cleaners.name.end()),
      argumentsText: cleaners.argumentsText.push(argumentsText),
    });
  }

  /** All of the answer so far was reasoning. */
  relabel(): void {
    const { answer, reasoning } = this.#pending;
    const held = this.#cleaners.reasoning.end();
    this.#pending = {
      ...this.#pending,
      relabelled: true,
      answer: "",
      reasoning: reasoning + held + answer + this.#cleaners.answer.end(),
    };
  }

  /** Lets go of what was held back as the start of a secret. */
  end(): void {
    this.#put("reasoning", this.#cleaners.reasoning.end());
    this.#put("answer", this.#cleaners.answer.end());
    this.#callCleaners.forEach(({ name, argumentsText }, index) =>
      this.#putCall({ index, name: name.end(), argumentsText: argumentsText.end() }),
    );
  }

  /** What has gathered; undefined when that is nothing. */
  taken(): Appended | undefined {
    const { relabelled, answer, reasoning, toolCalls } = this.#pending;
    const isEmpty = relabelled === undefined && answer === "" && reasoning === "" && toolCalls === undefined;
    const taken = isEmpty ? undefined : this.#pending;
    this.#pending = { answer: "", reasoning: "" };
    return taken;
  }

  #put(lane: "answer" | "reasoning", text: string): void {
    this.#pending = { ...this.#pending, [lane]: this.#pending[lane] + text };
  }

  /** Deltas of one call that follow one another are one. */
  #putCall(added: ToolCallAdded): void {
    if (added.id === undefined && added.name === "" && added.argumentsText === "") {
      return;
    }
    const before = this.#pending.toolCalls ?? [];
    const last = before.at(-1);
    const isSame = last?.index === added.index && added.id === undefined;
    const toolCalls = isSame
      ? [
          ...before.slice(0, -1),
          {
            ...last,
            name: last.name + added.name,
            argumentsText: last.argumentsText + added.argumentsText,
          },
        ]
      : [...before, added];
    this.#pending = { ...this.#pending, toolCalls };
  }
}
