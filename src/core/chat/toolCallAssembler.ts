/** Puts the deltas of tool calls together, however a server names and numbers them. */

import { WholeObject } from "./wholeObject.ts";

/** One delta as it stood on the wire. */
export interface ToolDelta {
  readonly index?: number;
  readonly id?: string;
  readonly name: string;
  readonly argumentsText: string;
}

/** What a delta adds to a call. */
export interface ToolCallAdded {
  /** The call's place, counted from 0 in the order in which the calls began. */
  readonly index: number;
  /** With the first delta that tells it. */
  readonly id?: string;
  readonly name: string;
  readonly argumentsText: string;
}

interface ToolCallAssembler {
  add(delta: ToolDelta): ToolCallAdded;
}

/**
 * An id or an index that a delta shares with a call makes it that call's. Where both are missing or say too little, the
 * last call goes on, until a name comes that can not be its own any more. A new id is a new call, except under an index
 * whose call is unfinished and without a name: SGLang made up a new id for every delta (v0.4).
 */
export function createToolCallAssembler(): ToolCallAssembler {
  return new Assembler();
}

interface Call {
  readonly place: number;
  readonly index: number | undefined;
  id: string | undefined;
  name: string;
  /** Once they are whole, nothing that comes after can belong to them. */
  readonly args: WholeObject;
  /** Its first arguments have come. */
  isBegun: boolean;
  /** Its name came again when it was whole: further arguments are another call of the same function. */
  isRepeated: boolean;
}

class Assembler implements ToolCallAssembler {
  readonly #calls: Call[] = [];

  add(delta: ToolDelta): ToolCallAdded {
    const found = delta.id === undefined ? this.#without(delta) : this.#with(delta.id, delta);
    if (found === undefined) {
      return this.#begin(delta);
    }
    return found.isRepeated && delta.argumentsText.trim() !== ""
      ? this.#begin({ ...delta, name: found.name })
      : this.#continue(found, delta);
  }

  #begin({ index, id, name, argumentsText }: ToolDelta): ToolCallAdded {
    const place = this.#calls.length;
    const args = new WholeObject();
    args.add(argumentsText);
    this.#calls.push({ place, index, id, name, args, isBegun: argumentsText !== "", isRepeated: false });
    return { index: place, ...(id === undefined ? {} : { id }), name, argumentsText };
  }

  #continue(call: Call, { id, name, argumentsText }: ToolDelta): ToolCallAdded {
    const learned = call.id === undefined && id !== undefined ? { id } : {};
    // Some servers repeat the whole name in every delta, others send it in pieces.
    const isRepeated = name !== "" && name === call.name;
    const added = isRepeated ? "" : name;
    call.isRepeated ||= isRepeated && call.args.isWhole;
    call.id ??= id;
    call.name += added;
    call.isBegun ||= argumentsText !== "";
    call.args.add(argumentsText);
    return { index: call.place, ...learned, name: added, argumentsText };
  }

  #with(id: string, delta: ToolDelta): Call | undefined {
    const { index, name } = delta;
    const known = this.#calls.filter((call) => call.id === id);
    const exact = known.findLast((call) => index === undefined || call.index === index);
    if (exact !== undefined) {
      return exact;
    }
    const atIndex = this.#at(index);
    if (known.length > 0) {
      // Gateways to Gemini take the function's name for an id, so that two calls share it.
      return atIndex === undefined && name !== "" ? undefined : known.at(-1);
    }
    if (atIndex === undefined || atIndex.id === undefined) {
      const nameless = index === undefined ? this.#calls.at(-1) : atIndex;
      return nameless?.id === undefined ? this.#unlessBegun(nameless, delta) : undefined;
    }
    const isNext = atIndex.args.isWhole && delta.argumentsText.trim() !== "";
    return name !== "" || isNext ? undefined : atIndex;
  }

  #without(delta: ToolDelta): Call | undefined {
    if (delta.index !== undefined) {
      return this.#unlessBegun(this.#at(delta.index), delta);
    }
    const last = this.#calls.at(-1);
    const isOther = delta.name !== "" && delta.name !== last?.name;
    const open = ({ name, args }: Call): boolean => name === delta.name && !args.isWhole;
    return (isOther ? this.#calls.findLast(open) : undefined) ?? this.#unlessBegun(last, delta);
  }

  #at(index: number | undefined): Call | undefined {
    return index === undefined ? undefined : this.#calls.findLast((call) => call.index === index);
  }

  /** The call, unless the delta's name shows that it begins another: names come before arguments. */
  #unlessBegun(call: Call | undefined, { name, argumentsText }: ToolDelta): Call | undefined {
    if (call === undefined || name === "") {
      return call;
    }
    const begins = name === call.name ? argumentsText.trim() !== "" && call.args.isWhole : call.isBegun;
    return begins ? undefined : call;
  }
}
