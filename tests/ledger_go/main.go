// Checks an exported log with golang.org/x/mod/sumdb/tlog and note, which share no code with the log's own.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const usage = `usage:
  ledger verify DIR                        every tile and entry under the checkpoint of DIR
  ledger consistent OLD_CHECKPOINT DIR     the log of DIR extends the one that an older checkpoint is of
  ledger inclusion PROOF LEAF_HASH DIR     a tlog-proof, with the keys of DIR
  ledger extension OLD_CHECKPOINT REQUEST DIR  the proof in a body of add-checkpoint, with the keys of DIR`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println("REFUSED:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "verify" {
		return verify(args[1])
	}
	if len(args) == 3 && args[0] == "consistent" {
		return consistent(args[1], args[2])
	}
	if len(args) == 4 && args[0] == "inclusion" {
		return inclusion(args[1], args[2], args[3])
	}
	if len(args) == 4 && args[0] == "extension" {
		return extension(args[1], args[2], args[3])
	}
	return errors.New(usage)
}

// verify authenticates every tile against the tree and every entry against its leaf hash.
func verify(dir string) error {
	tree, err := openCheckpoint(filepath.Join(dir, "checkpoint"), dir)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, tiles(dir))
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the tiles lead to another root")
	}
	for from := int64(0); from < tree.N; from += 256 {
		width := tree.N - from
		if width > 256 {
			width = 256
		}
		entries, err := readEntries(dir, from/256, int(width))
		if err != nil {
			return err
		}
		for i, entry := range entries {
			if err := verifyEntry(tree, hashes, from+int64(i), entry); err != nil {
				return err
			}
		}
	}
	fmt.Printf("ACCEPTED: %d entries, root %s\n", tree.N, tree.Hash)
	return nil
}

func verifyEntry(tree tlog.Tree, hashes tlog.HashReader, index int64, entry []byte) error {
	leaf := tlog.RecordHash(entry)
	stored, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return err
	}
	if stored[0] != leaf {
		return fmt.Errorf("entry %d is not the one in its tile", index)
	}
	proof, err := tlog.ProveRecord(tree.N, index, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
}

func consistent(oldFile, dir string) error {
	older, err := openCheckpoint(oldFile, dir)
	if err != nil {
		return err
	}
	newer, err := openCheckpoint(filepath.Join(dir, "checkpoint"), dir)
	if err != nil {
		return err
	}
	if older.N > newer.N {
		return fmt.Errorf("rolled back from %d entries to %d", older.N, newer.N)
	}
	proof, err := tlog.ProveTree(newer.N, older.N, tlog.TileHashReader(newer, tiles(dir)))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash); err != nil {
		return err
	}
	fmt.Printf("ACCEPTED: %d extends %d\n", newer.N, older.N)
	return nil
}

func inclusion(proofFile, leafHex, dir string) error {
	lines, signed, err := readProof(proofFile)
	if err != nil {
		return err
	}
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a tlog-proof")
	}
	index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	tree, err := openNote(signed, dir)
	if err != nil {
		return err
	}
	path, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	var leaf tlog.Hash
	if n, err := hex.Decode(leaf[:], []byte(leafHex)); err != nil || n != len(leaf) {
		return errors.New("not a leaf hash")
	}
	if err := tlog.CheckRecord(tlog.RecordProof(path), tree.N, tree.Hash, index, leaf); err != nil {
		return err
	}
	fmt.Printf("ACCEPTED: index %d of %d\n", index, tree.N)
	return nil
}

func extension(oldFile, requestFile, dir string) error {
	older, err := openCheckpoint(oldFile, dir)
	if err != nil {
		return err
	}
	lines, signed, err := readProof(requestFile)
	if err != nil {
		return err
	}
	if lines[0] != fmt.Sprintf("old %d", older.N) {
		return errors.New("the request starts from another size")
	}
	newer, err := openNote(signed, dir)
	if err != nil {
		return err
	}
	path, err := parseHashes(lines[1:])
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(tlog.TreeProof(path), newer.N, newer.Hash, older.N, older.Hash); err != nil {
		return err
	}
	fmt.Printf("ACCEPTED: %d extends %d\n", newer.N, older.N)
	return nil
}

func readProof(file string) (lines []string, signed []byte, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	text := string(data)
	blank := strings.Index(text, "\n\n")
	if blank < 0 {
		return nil, nil, errors.New("no blank line")
	}
	return strings.Split(text[:blank], "\n"), []byte(text[blank+2:]), nil
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	hashes := []tlog.Hash{}
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func openCheckpoint(file, dir string) (tlog.Tree, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return openNote(data, dir)
}

// openNote demands both signatures, the log's and the witness's, and the log's name as the origin.
func openNote(data []byte, dir string) (tlog.Tree, error) {
	log, err := readVerifier(filepath.Join(dir, "server.vkey"), note.NewVerifier)
	if err != nil {
		return tlog.Tree{}, err
	}
	witness, err := readVerifier(filepath.Join(dir, "witness.vkey"), newCosignatureVerifier)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(data, note.VerifierList(log, witness))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(opened.Sigs) != 2 {
		return tlog.Tree{}, errors.New("not signed by both the log and the witness")
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() || lines[3] != "" {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return tlog.Tree{}, errors.New("not a size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

func readVerifier(file string, parse func(string) (note.Verifier, error)) (note.Verifier, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parse(strings.TrimSuffix(string(data), "\n"))
}

// cosignatureVerifier checks cosignature/v1, a type that package note leaves to its callers.
type cosignatureVerifier struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosignatureVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("malformed witness key")
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("not a key of type cosignature/v1")
	}
	return &cosignatureVerifier{parts[0], uint32(hash), ed25519.PublicKey(key[1:])}, nil
}

func (v *cosignatureVerifier) Name() string    { return v.name }
func (v *cosignatureVerifier) KeyHash() uint32 { return v.hash }
func (v *cosignatureVerifier) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(v.key, []byte(signed), sig[8:])
}

// tiles reads tiles of height 8 from a folder; tlog-tiles names them without the height.
type tiles string

func (tiles) Height() int                                { return 8 }
func (tiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (dir tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	read := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(dir), path))
		if err != nil {
			return nil, err
		}
		read[i] = data
	}
	return read, nil
}

func readEntries(dir string, index int64, width int) ([][]byte, error) {
	tile := tlog.Tile{H: 8, L: -1, N: index, W: width}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		return nil, err
	}
	entries := [][]byte{}
	for len(data) >= 2 {
		end := 2 + int(binary.BigEndian.Uint16(data))
		if end > len(data) {
			return nil, fmt.Errorf("%s is cut short", path)
		}
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	if len(data) > 0 || len(entries) != width {
		return nil, fmt.Errorf("%s does not hold %d entries", path, width)
	}
	return entries, nil
}
