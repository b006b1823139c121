"""python tinyModel.py FILE.gguf: writes a Llama of one layer with random weights and a vocabulary of bytes, 200 KB in all."""

import sys

import gguf
import numpy

width, heads, hidden, context = 64, 4, 128, 512
random = numpy.random.default_rng(1)
tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL] + [gguf.TokenType.BYTE] * 256

writer = gguf.GGUFWriter(sys.argv[1], "llama")
writer.add_context_length(context)
writer.add_embedding_length(width)
writer.add_block_count(1)
writer.add_feed_forward_length(hidden)
writer.add_head_count(heads)
writer.add_head_count_kv(heads)
writer.add_rope_dimension_count(width // heads)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_vocab_size(len(tokens))
writer.add_tokenizer_model("llama")
writer.add_token_list(tokens)
writer.add_token_scores([0.0] * len(tokens))
writer.add_token_types(kinds)
writer.add_bos_token_id(1)
writer.add_eos_token_id(2)
writer.add_unk_token_id(0)


def add(name, *shape):
    writer.add_tensor(name, (random.standard_normal(shape) * 0.05).astype(numpy.float32))


add("token_embd.weight", len(tokens), width)
add("output.weight", len(tokens), width)
writer.add_tensor("output_norm.weight", numpy.ones(width, dtype=numpy.float32))
writer.add_tensor("blk.0.attn_norm.weight", numpy.ones(width, dtype=numpy.float32))
writer.add_tensor("blk.0.ffn_norm.weight", numpy.ones(width, dtype=numpy.float32))
for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
    add(f"blk.0.{name}.weight", width, width)
add("blk.0.ffn_gate.weight", hidden, width)
add("blk.0.ffn_up.weight", hidden, width)
add("blk.0.ffn_down.weight", width, hidden)

writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
