#!/usr/bin/env python3
"""verify_evidence.py FILE… [--server-key HEX]… [--witness-key HEX]… [--ledger-key KEY]… [--beacon JSON]…

Checks evidence by the table of SPEC.md, section 12, in its order, quicknet pinned; a line for each check, then the verdict.
Exit, of the worst file: 0 genuine; 1 not genuine, or of a signer who is not trusted; 2 unreadable, or misuse."""

import argparse
import json
import sys

from draw_spec.beacon import QUICKNET
from draw_spec.evidence import Trust, verify
from draw_spec.signatures import key_of

EXIT = {"genuine": 0, "not_genuine": 1, "consistent_unknown_signer": 1, "unreadable": 2}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="+")
    parser.add_argument("--server-key", action="append", default=[])
    parser.add_argument("--witness-key", action="append", default=[])
    parser.add_argument("--ledger-key", action="append", type=key_of, default=[])
    parser.add_argument("--beacon", action="append", type=json.loads, default=[QUICKNET])
    options = parser.parse_args()
    sys.exit(max(verdict_of(file, options) for file in options.file))


def verdict_of(path, options):
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        print(error, file=sys.stderr)
        return EXIT["unreadable"]
    trust = Trust(options.server_key, options.witness_key, options.ledger_key, options.beacon)
    verdict, outcomes = verify(data, trust)
    for code, why in outcomes:
        print(f"{code:<30} ok" if why is None else f"{code:<30} FAIL  {why.encode('unicode_escape').decode()}")
    print(verdict)
    return EXIT[verdict]


if __name__ == "__main__":
    main()
