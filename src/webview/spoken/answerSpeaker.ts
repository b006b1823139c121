import * as l10n from "@vscode/l10n";
import { createSentences } from "./sentences.ts";

/** What it needs of the page. */
export interface SpeakerPorts {
  /** Puts a text where a screen reader hears it. */
  readonly say: (text: string) => void;
  /** Does the reader have the answer elsewhere, or nobody to hear it? Then sentences pass unsaid. */
  readonly isHeard: () => boolean;
  readonly later: (work: () => void, ms: number) => void;
}

/** Milliseconds between two texts: a screen reader needs about as long for the shortest sentence. */
const pauseMs = 1_200;
/** Who wants more of a long answer reads it. */
const mostSentences = 10;

/** Says an answer in whole sentences while it comes: each once, the first ones alone. */
export class AnswerSpeaker {
  readonly #ports: SpeakerPorts;
  readonly #sentences = createSentences();
  readonly #before: number;
  #answer: string;
  #read: number;
  #said = 0;
  #timer: "set" | "unset" = "unset";
  #state: "speaking" | "silent" = "speaking";

  /** `before` has been there already, and is not said. */
  constructor(before: string, ports: SpeakerPorts) {
    this.#ports = ports;
    this.#before = before.length;
    this.#answer = before;
    this.#read = before.length;
    this.#sentences.push(before);
  }

  /** The whole answer so far. */
  hear(answer: string): void {
    this.#answer = answer;
    if (this.#timer === "unset" && this.#state === "speaking" && this.#read < answer.length) {
      this.#timer = "set";
      this.#ports.later(() => {
        this.#timer = "unset";
        this.#say("open");
      }, pauseMs);
    }
  }

  /** Says at once what is left of what came since. */
  end(): void {
    if (this.#answer.length > this.#before) {
      this.#say("ended");
    }
    this.#state = "silent";
  }

  #say(state: "open" | "ended"): void {
    if (this.#state === "silent") {
      return;
    }
    const added = this.#answer.slice(this.#read);
    this.#read = this.#answer.length;
    const found = [...this.#sentences.push(added), ...(state === "ended" ? this.#sentences.end() : [])];
    if (found.length === 0 || !this.#ports.isHeard()) {
      return;
    }
    const left = mostSentences - this.#said;
    this.#said += found.length;
    const goesOn = found.length > left ? [l10n.t("The answer goes on.")] : [];
    this.#state = found.length > left ? "silent" : "speaking";
    this.#ports.say([...found.slice(0, left), ...goesOn].join(" "));
  }
}
