"""Section 5: the Merkle root (RFC 6962); section 12: the audit path (RFC 9162, 2.1.3)."""

from .encoding import SHA256


def leaf_hash(data):
    return SHA256(b"\x00", data)


def node_hash(left, right):
    return SHA256(b"\x01", left, right)


def root_of(hashes):
    """The root over leaf hashes."""
    count = len(hashes)
    if count == 0:
        return SHA256()
    if count == 1:
        return hashes[0]
    left = 1 << ((count - 1).bit_length() - 1)
    return node_hash(root_of(hashes[:left]), root_of(hashes[left:]))


def path_leads(hash, index, size, path, root):
    """RFC 9162, 2.1.3.2: does the path lead from the leaf hash at index to the root of a tree of that size?"""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, hash
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root
