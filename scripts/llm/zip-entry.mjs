/** Reads one file out of a zip archive: a wheel is one, and Python need not be here. */
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const STORED = 0;
const DEFLATED = 8;
/** In place of a size or an offset that only the zip64 fields hold. */
const IN_ZIP64 = 0xffffffff;

/** @typedef {{ method: number, packedBytes: number, bytes: number, at: number }} Entry */

/**
 * @param {Buffer} archive below 4 GiB, not encrypted
 * @param {string} name path in the archive
 * @returns {Buffer} its content
 * @throws when the archive is none, has no such file, or is damaged there
 */
export function readZipEntry(archive, name) {
  const entry = findEntry(archive, name);
  if (archive.readUInt32LE(entry.at) !== LOCAL_ENTRY) throw new Error('the zip archive is damaged');
  // Name and extra field may differ in length from those in the directory.
  const begin =
    entry.at + 30 + archive.readUInt16LE(entry.at + 26) + archive.readUInt16LE(entry.at + 28);
  const packed = archive.subarray(begin, begin + entry.packedBytes);
  const content = unpack(packed, entry);
  if (content.length !== entry.bytes) throw new Error(`${name}: the zip archive is damaged`);
  return content;
}

/** @param {Buffer} packed @param {Entry} entry */
function unpack(packed, { method, bytes }) {
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1) });
  throw new Error(`the zip archive uses compression method ${method}`);
}

/** @param {Buffer} archive @param {string} name @returns {Entry} */
function findEntry(archive, name) {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) break;
    const nameBytes = archive.readUInt16LE(at + 28);
    const found = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    if (found === name) return readEntry(archive, at);
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`the zip archive holds no ${name}`);
}

/** @param {Buffer} archive @param {number} at @returns {Entry} */
function readEntry(archive, at) {
  const entry = {
    method: archive.readUInt16LE(at + 10),
    packedBytes: archive.readUInt32LE(at + 20),
    bytes: archive.readUInt32LE(at + 24),
    at: archive.readUInt32LE(at + 42),
  };
  if (Object.values(entry).includes(IN_ZIP64)) throw new Error('zip64 archives are not read');
  return entry;
}

/** @param {Buffer} archive @returns {number} where the record is that ends the directory */
function findEnd(archive) {
  const lowest = Math.max(0, archive.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = archive.length - END_BYTES; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('this is no zip archive');
}
