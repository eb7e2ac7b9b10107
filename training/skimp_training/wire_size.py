"""What a file weighs on the wire: its brotli size, made by Node.js, which the project needs."""

import subprocess
from pathlib import Path

_COMPRESS = """
const { readFileSync } = require('node:fs');
const { brotliCompressSync, constants } = require('node:zlib');
const data = readFileSync(process.argv[1]);
const params = {
  [constants.BROTLI_PARAM_QUALITY]: Number(process.argv[2]),
  [constants.BROTLI_PARAM_LGWIN]: 24,
  [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
};
console.log(brotliCompressSync(data, { params }).length);
"""


def wire_bytes(path: Path, quality: int = 11) -> int:
    """Brotli size of a file in bytes, with the largest window that browsers read.

    `quality` is 0 to 11; 11 takes about 2 s a megabyte.
    """
    command = ["node", "-e", _COMPRESS, str(path), str(quality)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
