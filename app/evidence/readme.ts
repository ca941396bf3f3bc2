/** What lies in a bundle, for whoever unpacks it years later. */
export function readme(): string {
  return `论证 · 证据包
================
在浏览器中打开 offline-verifier.html（不需要网络），把整个压缩包拖进去，并选择从公告或公函取得的公钥与根证书。
不要用本包内附的公钥作为信任依据；离线核验程序也可以从别处取得后使用。

bundle.json            本包所含文件及其 SHA-256
ledger/checkpoint      存证日志的检查点（平台签名、监督端联署）
ledger/entries.jsonl   本次论证在存证日志中的全部记录；未公开的只有指纹，仍在原位，缺一条即可看出
ledger/erasures.jsonl  说明哪些记录已依法抹除的记录（有抹除时才有）
ledger/*.vkey          日志与监督端的公钥，供与登记的公钥对照
timestamps/            第三方每日时间戳（RFC 3161）：每条记录最晚、最早何时已在日志里
draw/                  专家抽取证据与算法说明
report.pdf             论证报告
recording/files.json   录像各文件的 SHA-256（录像本身依检查编号调阅）

Lunzheng · evidence bundle
==========================
Open offline-verifier.html in a browser (no network needed), drop the whole archive on it, and choose the keys and roots
that you took from a notice or a letter. Keys inside this archive prove nothing; the verifier may come from elsewhere.

bundle.json            the files of this archive and their SHA-256
ledger/checkpoint      a checkpoint of the ledger, signed by the platform and cosigned by the witness
ledger/entries.jsonl   every entry of this review in the ledger; closed ones are there by their hash, so that a missing
                       one shows
ledger/erasures.jsonl  entries that tell what was erased as the law demands (only where something was)
ledger/*.vkey          keys of log and witness, to compare with pinned ones
timestamps/            daily timestamps (RFC 3161): between which two each entry was appended
draw/                  evidence of the draw, and its algorithm
report.pdf             the review report
recording/files.json   SHA-256 of the recording's files (it is opened under an inspection number)
`
}
