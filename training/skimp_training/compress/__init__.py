"""The compressor in training: text units, data, rewards, both stages and their measures."""
