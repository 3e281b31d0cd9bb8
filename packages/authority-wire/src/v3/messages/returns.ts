import { flag, list, long, optional, sequence, text } from '../schema/node.ts';

/** `msg_code` and `msg`: the head of every answer. */
const head = { msg_code: long(0, 999), msg: optional(text()) };

/** A file of the authority, packed as an upload is. */
const file = {
  hashAlgorithm: long(0),
  compressionFormat: long(0),
  encryptAlgorithm: long(0),
  return_FileName: text(),
  beianInfo: text(),
  beianInfoHash: text(),
};

/** Of `isp_upload`; with code 14 the numbers that are missing. */
export const uploadReturn = sequence({
  ...head,
  dataSequences: optional(sequence({ dataSequence: list(long(0)) })),
});

/** Of `isp_download`. */
export const downloadReturn = sequence({ ...head, fileInfos: optional(sequence(file)) });

/** Of `isp_downloadack`. */
export const acknowledgementReturn = sequence(head);

/** Of `isp_querypreviousupload`: the last upload and its number, 0 when there was none. */
export const previousUploadReturn = sequence({
  ...head,
  fileInfos: optional(
    sequence({
      hashAlgorithm: file.hashAlgorithm,
      compressionFormat: file.compressionFormat,
      encryptAlgorithm: file.encryptAlgorithm,
      dataSequence: long(0),
      return_FileName: file.return_FileName,
      beianInfo: file.beianInfo,
      beianInfoHash: file.beianInfoHash,
    }),
  ),
});

/** Of `isp_querybeianstatus`: `Bazt` 0 filed, 1 not. */
export const statusReturn = sequence({
  ...head,
  StatusInfo: optional(
    sequence({
      Cxtjlx: long(0, 98),
      Cxtj: text(4, 255),
      Wzmc: optional(text()),
      Ztbah: optional(text()),
      Wzbah: optional(text()),
      Bazt: flag,
    }),
  ),
});

/** Of `isp_verifybamm`: 0 right, 1 wrong. */
export const verificationReturn = sequence({ ...head, VerifyRes: optional(flag) });
