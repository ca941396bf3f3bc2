import type { LedgerCheckCode } from '../ledger/verify_folder.ts'
import type { Text } from './texts.ts'

/** What each check of a ledger does, and on which parts; `tile/` is every level and the entries. */
export const LEDGER_STEPS: Record<LedgerCheckCode, { what: Text; of: readonly string[] }> = {
  ledger_checkpoint: { what: ['读出检查点', 'the checkpoint can be read'], of: ['checkpoint'] },
  ledger_keys: {
    what: ['目录里的公钥就是签名的公钥', 'the keys beside it are those that signed'],
    of: ['checkpoint', 'server.vkey', 'witness.vkey'],
  },
  ledger_signature: { what: ['日志自己的签名', "the log's own signature"], of: ['checkpoint'] },
  ledger_cosignature: { what: ['监督端的联署', "the witness's cosignature"], of: ['checkpoint'] },
  ledger_tiles: {
    what: ['每个数据块都由下一层算出', 'each tile follows from the level below'],
    of: ['tile/'],
  },
  ledger_root: {
    what: ['全部条目的哈希算出检查点的根', 'the leaves lead to the root of the checkpoint'],
    of: ['checkpoint', 'tile/0/'],
  },
  ledger_entries: {
    what: ['每一条与它的哈希相符', 'each entry has the hash that stands for it'],
    of: ['tile/entries/', 'tile/0/'],
  },
  ledger_entry_form: {
    what: ['每一条只有一种写法', 'each entry is written in the one way'],
    of: ['tile/entries/'],
  },
  ledger_streams: {
    what: ['每个论证的条目前后相接，不缺不重', 'entries of each stream follow one another without a gap'],
    of: ['tile/entries/'],
  },
  ledger_timestamps: {
    what: ['每日时间戳盖在本日志的检查点上', 'each daily timestamp is over a checkpoint of this log'],
    of: ['timestamps/'],
  },
  ledger_timestamp_root_trusted: {
    what: ['时间戳的根证书是登记的', 'the timestamps lead to a pinned root'],
    of: ['timestamps/'],
  },
  ledger_log_key_trusted: { what: ['日志的公钥是登记的', "the log's key is pinned"], of: ['checkpoint'] },
  ledger_witness_key_trusted: {
    what: ['监督端的联署公钥是登记的', "the witness's cosigning key is pinned"],
    of: ['checkpoint'],
  },
}
