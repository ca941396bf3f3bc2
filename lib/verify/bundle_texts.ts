import type { BundleCheckCode } from '../bundle/checks.ts'
import type { Text } from './texts.ts'

/** What each check of an evidence bundle means when it fails. */
export const BUNDLE_TEXTS: Record<BundleCheckCode, Text> = {
  bundle_readable: [
    '证据包缺少清单或记录，或不是规定的写法',
    'list or entries are missing, or not written as they are',
  ],
  bundle_files: ['有文件缺失、被改动，或不在清单里', 'a file is missing, was changed, or is on no list'],
  bundle_entries: ['有记录读不出，或不属于本次论证', 'an entry can’t be read, or is of another review'],
  bundle_inclusion: ['有记录不在检查点的存证日志里', 'an entry is not in the log of the checkpoint'],
  bundle_stream: [
    '记录不连续：缺了一条，或次序被改',
    'entries do not follow one another: one is missing or moved',
  ],
  bundle_count: [
    '最后一条所记的条数与实际不符：末尾被删',
    'the last entry counts otherwise: the end was left out',
  ],
  bundle_list: ['文件清单不是存证日志里记的那一份', 'the list of files is not the one that the log holds'],
  bundle_review: [
    '论证编号不是存证日志里记的那个',
    'the number of the review is not the one that the log holds',
  ],
  bundle_closed: [
    '未公开的记录不是存证日志里记的那些：有人在转交前隐去了内容',
    'other entries stay closed than the log holds: somebody hid one before passing the bundle on',
  ],
  bundle_erasures: [
    '记录称已抹除，而存证日志没有这次抹除的记录',
    'an entry is said to be erased, and no entry of the log shown here tells of that',
  ],
  bundle_openings: ['有记录的内容与其指纹不符', 'what an entry says is not what it committed to'],
  bundle_report: ['存证日志里没有这份报告', 'no entry of the review names this report'],
  bundle_draw: ['这次抽取不是本次论证的', 'this draw is not the review’s'],
  bundle_recording: ['录像的哈希清单与存证日志不符', 'the hashes of the recording are not those in the log'],
  bundle_timestamps: [
    '每日时间戳缺失、无效，或盖的不是本日志',
    'a daily timestamp is missing, invalid, or over no checkpoint of this log',
  ],
  bundle_times: [
    '有记录写的时间晚于已盖住它的时间戳',
    'an entry claims a later time than a timestamp that covers it: it was post-dated',
  ],
}

/** What each check does. */
export const BUNDLE_WHAT: Record<BundleCheckCode, Text> = {
  bundle_readable: ['清单与记录可读', 'list and entries can be read'],
  bundle_files: ['每个文件与清单逐字节相符，没有多余', 'every file as listed, byte for byte, and no other'],
  bundle_entries: ['每条记录都是本次论证的', 'every entry is one of this review'],
  bundle_inclusion: [
    '每条记录都在检查点的日志树里（RFC 9162）',
    'every entry stands in the checkpoint’s tree (RFC 9162)',
  ],
  bundle_stream: ['记录逐条相接，一条不缺', 'the entries follow one another without a gap'],
  bundle_count: ['最后一条记着总条数', 'the last entry holds their number'],
  bundle_list: ['文件清单已记入存证日志', 'the log holds the list of files'],
  bundle_review: ['论证编号已记入存证日志', 'the log holds the number of the review'],
  bundle_closed: ['哪些记录未公开、为何，已记入存证日志', 'the log holds which entries stay closed, and why'],
  bundle_erasures: ['每次抹除都有存证日志的记录', 'every erasure is told of by an entry of the log'],
  bundle_openings: ['公开的内容就是当时承诺的内容', 'what is opened is what was committed to'],
  bundle_report: ['存证日志记着这份报告的指纹', 'the log holds the fingerprint of this report'],
  bundle_draw: ['这次抽取固定在本次论证的记录里', 'the draw was frozen by an entry of this review'],
  bundle_recording: ['存证日志记着录像的哈希', 'the log holds the hashes of the recording'],
  bundle_timestamps: [
    '每日时间戳盖在检查点之前的同一日志上（RFC 3161）',
    'each daily timestamp (RFC 3161) is over a tree that the checkpoint goes on from',
  ],
  bundle_times: [
    '没有记录写的时间晚于盖住它的时间戳',
    'no entry claims a later time than a timestamp that covers it',
  ],
}
