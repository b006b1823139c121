/** The runs of this window and the panels that show them: one panel is used again and again, unless it is pinned. */

import type * as vscode from "vscode";

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { RequestHandlers } from "../../shared/link.ts";
import type { RunHead, RunPanelContract } from "../../shared/runPanel.ts";
import { Frames } from "./frames.ts";
import { HeldRuns } from "./heldRuns.ts";
import { pageHandlers } from "./pageHandlers.ts";
import type { PanelDoors } from "./panelDoors.ts";
import { restoredDoors } from "./restoredDoors.ts";
import { restoredRun } from "./restoredRun.ts";
import { PanelMemory } from "./panelMemory.ts";
import { RunKeeper } from "./runKeeper.ts";
import { RunPanel, type RunControls } from "./runPanel.ts";
import { RunSession, type Emit } from "./runSession.ts";

interface RunPanelsWorld {
  readonly extensionUri: vscode.Uri;
  readonly redactor: Redactor;
  /** Of the workspace; undefined without one. */
  readonly runStorage: vscode.Uri | undefined;
  readonly runMemory: vscode.Memento;
}

type CommonHandlers = Omit<RequestHandlers<RunPanelContract>, "page/ready" | "run/select" | "panel/pin">;

export class RunPanels implements vscode.Disposable {
  readonly #world: RunPanelsWorld;
  readonly #frames = new Frames();
  readonly #runs = new HeldRuns();
  readonly #keeper: RunKeeper;
  readonly #memory: PanelMemory;
  readonly #doors: PanelDoors;
  readonly #restored: Promise<void>;
  /** By run: the panel it began in, which ends it when it closes. */
  readonly #homes = new Map<string, RunPanel>();
  readonly #controlsOf = (runId: string): RunControls | undefined => this.#runs.controlsOf(runId);
  readonly #list = (): void => this.#panels.forEach((panel) => this.#tellList(panel));
  #panels: readonly RunPanel[] = [];
  #common: CommonHandlers | undefined;

  constructor(world: RunPanelsWorld, doors: PanelDoors) {
    this.#world = world;
    this.#doors = doors;
    this.#keeper = new RunKeeper(world.redactor, world.runStorage);
    this.#memory = new PanelMemory(world.runMemory);
    this.#restored = this.#restore();
  }

  /** Shows a new run at once. No run ends another: two programs may ask at the same time. */
  show(head: RunHead, controls: RunControls): RunSession {
    const panel = this.#freePanel();
    panel.turnTo(head.runId, head.endpointName);
    const session = new RunSession(head, this.#door(head.runId), this.#world.redactor, {
      frames: this.#frames,
      ...(controls.wire === undefined ? {} : { wire: "kept" as const }),
    });
    this.#homes.set(head.runId, panel);
    this.#runs.add({ session, controls });
    this.#runs.trim(this.#keeper.count, this.#shownIds());
    this.#runs.trimWires(this.#shownIds());
    this.#keeper.keep({ session, controls });
    this.#listSoon();
    return session;
  }

  /** Shows the composer with nothing in it but the endpoint. */
  openComposer(endpointId: string): void {
    const blank = { model: "", system: "", messages: [], parameters: {}, extra: "" };
    this.#compose({ endpointId, ...blank });
  }

  /** Takes over a panel that was there before a reload. `state` is what its page had kept, and may be anything. */
  async restore(opened: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { panelId, runId, pin } = this.#memory.recall(state);
    const panel = this.#adopt(new RunPanel(panelId, opened, this.#panelWorld()));
    panel.pin = pin;
    await this.#restored;
    if (panel.shownId === undefined && panel.draft === undefined) {
      this.#turn(panel, this.#runs.find(runId) === undefined ? this.#runs.newest() : runId);
    }
  }

  /** Stops what runs. The panels stay: after a reload their pages come back. */
  dispose(): void {
    this.#keeper.dispose();
    this.#panels.forEach((panel) => panel.letGo());
    this.#runs.running().forEach((runId) => this.#runs.find(runId)?.controls.stop());
  }

  async #restore(): Promise<void> {
    const doors = restoredDoors(
      () => this.#handlers(),
      (draft) => this.#compose(draft),
    );
    const kept = await this.#keeper.load();
    this.#runs.addOlder(kept.map((run) => restoredRun(run, doors)));
    this.#listSoon();
  }

  /** What is told of a run reaches the pages that show it; of others only their row changes. */
  #door(runId: string): Emit {
    return (name, event) => {
      for (const panel of this.#panels.filter(({ shownId }) => shownId === runId)) {
        panel.tell(name, event);
      }
      if (name !== "run/appended") {
        this.#listSoon();
      }
      if (name === "run/ended" && "runId" in event && event.runId === runId) {
        this.#homes.delete(runId);
        this.#keepEnded(runId);
      }
    };
  }

  #tellList(panel: RunPanel): void {
    panel.list(this.#runs.rows());
    // One that is being restored shows nothing yet, and nothing is to be remembered of it.
    if (panel.shownId !== undefined || panel.draft !== undefined) {
      this.#memory.note({ panelId: panel.id, runId: panel.shownId ?? "", pin: panel.pin });
    }
  }

  #listSoon(): void {
    this.#frames.gather(this.#list);
  }

  #keepEnded(runId: string): void {
    const held = this.#runs.find(runId);
    if (held !== undefined) {
      this.#keeper.keep(held);
      this.#runs.trimWires(this.#shownIds());
    }
  }

  #freePanel(): RunPanel {
    const free = this.#panels.find(({ pin }) => pin === "free");
    if (free !== undefined) {
      free.reveal("kept");
      return free;
    }
    const column = this.#panels.map((each) => each.column).find((each) => each !== undefined);
    return this.#adopt(RunPanel.open(this.#memory.newId(), column, this.#panelWorld()));
  }

  /** The same for every panel, as the doors may hold things (images of a draft); made when the first is opened. */
  #handlers(): CommonHandlers {
    return (this.#common ??= {
      ...this.#doors.composer(this.#controlsOf),
      ...this.#doors.wire(this.#controlsOf),
      ...this.#doors.answer(this.#controlsOf),
      ...pageHandlers(this.#controlsOf, this.#world.redactor),
      "run/remove": ({ runId }) => this.#remove(runId),
      "runs/clear": () => this.#clear(),
    });
  }

  #adopt(panel: RunPanel): RunPanel {
    this.#panels = [...this.#panels, panel];
    return panel;
  }

  #panelWorld(): ConstructorParameters<typeof RunPanel>[2] {
    return {
      ...this.#world,
      frames: this.#frames,
      handlers: (panel) => ({
        ...this.#handlers(),
        "page/ready": () => this.#tellAll(panel),
        "run/select": ({ runId }) => this.#select(panel, runId),
        "panel/pin": ({ pin }) => {
          panel.pin = pin;
          this.#listSoon();
          return Promise.resolve(null);
        },
      }),
      closed: (panel) => this.#closed(panel),
    };
  }

  /** As events, not as the answer: an answer is posted a moment later, and what happened in between would be lost. */
  async #tellAll(panel: RunPanel): Promise<null> {
    await this.#restored;
    panel.ready();
    const shown = this.#runs.find(panel.shownId ?? "");
    if (shown !== undefined) {
      panel.show(shown.session.snapshot());
    } else if (panel.draft !== undefined) {
      panel.compose(panel.draft);
    }
    panel.list(this.#runs.rows());
    return null;
  }

  #select(panel: RunPanel, runId: string): Promise<null> {
    if (this.#runs.find(runId) !== undefined) {
      this.#turn(panel, runId);
    }
    return Promise.resolve(null);
  }

  #turn(panel: RunPanel, runId: string | undefined): void {
    const held = this.#runs.find(runId ?? "");
    if (held === undefined) {
      panel.showNothing();
    } else {
      panel.show(held.session.snapshot());
    }
    this.#listSoon();
  }

  #remove(runId: string): Promise<null> {
    const neighbour = this.#runs.neighbourOf(runId);
    if (this.#runs.remove(runId) === "removed") {
      this.#panels
        .filter(({ shownId }) => shownId === runId)
        .forEach((panel) => this.#turn(panel, neighbour));
      this.#keeper.remove(runId);
      this.#listSoon();
    }
    return Promise.resolve(null);
  }

  /** The list is empty when the disk is. */
  async #clear(): Promise<null> {
    await this.#keeper.clear(this.#runs.running());
    this.#runs.clear();
    for (const panel of this.#panels) {
      if (panel.shownId !== undefined && this.#runs.find(panel.shownId) === undefined) {
        this.#turn(panel, this.#runs.newest());
      }
    }
    this.#listSoon();
    return null;
  }

  /** What began in it ends, unless another panel shows it. */
  #closed(panel: RunPanel): void {
    this.#panels = this.#panels.filter((each) => each !== panel);
    this.#memory.forget(panel.id);
    for (const [runId] of [...this.#homes].filter(([, home]) => home === panel)) {
      const other = this.#panels.find(({ shownId }) => shownId === runId);
      if (other === undefined) {
        this.#runs.find(runId)?.controls.stop();
      } else {
        this.#homes.set(runId, other);
      }
    }
  }

  #shownIds(): readonly string[] {
    return this.#panels.flatMap(({ shownId }) => shownId ?? []);
  }

  #compose(draft: ChatDraft): void {
    const panel = this.#freePanel();
    panel.compose(draft);
    panel.reveal("taken");
    this.#listSoon();
  }
}
