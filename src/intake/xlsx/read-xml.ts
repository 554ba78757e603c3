import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { fileProblems } from '../problems.js';

export interface XmlHandlers {
  /** `name` without prefix; attributes with their prefixes as written. */
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/**
 * Reads XML as a stream, yielding after each piece so that the caller can hand on what it has.
 * A DOCTYPE is refused: no spreadsheet program writes one, and it is how entities are nested.
 */
export async function* readXml(stream: Readable, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw fileProblems.doctype();
  });
  parser.on('error', (error) => {
    throw fileProblems.brokenZip('Một phần của sổ Excel không đúng cú pháp XML.', error);
  });
  const { open, close, text } = handlers;
  if (open) parser.on('opentag', (tag) => open(local(tag.name), tag.attributes));
  if (close) parser.on('closetag', (tag) => close(local(tag.name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of stream) {
      parser.write(decoder.decode(chunk as Buffer, { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
    yield;
  } finally {
    stream.destroy();
  }
}

/** Reads a small part to its end. */
export async function readWholeXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  const pieces = readXml(stream, handlers);
  while (!(await pieces.next()).done);
}
