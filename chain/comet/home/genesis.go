package home

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/crypto/ed25519"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/libs/tempfile"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/types"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/membership"
)

// maxBlockBytes bounds a block; a batch is at most chain.MaxBatchBytes of it.
const maxBlockBytes = 4 << 20

// Errors of a node's folder.
var (
	ErrGenesisExists = errors.New("comet: the folder has a genesis already")
	ErrNoGenesis     = errors.New("comet: the folder has no genesis")
)

// HasGenesis tells whether a chain was set up in the folder. The genesis file is written last, so a
// folder without it may be set up again.
func HasGenesis(dir string) bool {
	_, err := os.Stat(Settings(dir).GenesisFile())
	return err == nil
}

// ReadMembers returns the members' list of the folder's genesis: ErrNoGenesis.
func ReadMembers(dir string) (*membership.Members, error) {
	doc, err := ReadGenesis(dir)
	if err != nil {
		return nil, err
	}
	return membership.ParseGenesis(doc.AppState)
}

// ReadGenesis returns the genesis as the engine reads it: ErrNoGenesis.
func ReadGenesis(dir string) (*types.GenesisDoc, error) {
	if !HasGenesis(dir) {
		return nil, fmt.Errorf("%w: %s", ErrNoGenesis, filepath.Base(dir))
	}
	return types.GenesisDocFromFile(Settings(dir).GenesisFile())
}

// NewValidatorKey makes the node key and the validator key in a folder, or finds them there, and
// returns the public half in the form Member.Validator has: the part that an organisation hands
// over for the genesis.
func NewValidatorKey(dir string) (string, error) {
	cfg := Settings(dir)
	for _, file := range []string{cfg.NodeKeyFile(), cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile()} {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return "", fmt.Errorf("comet: %w", err)
		}
	}
	if err := nodeKey(cfg.NodeKeyFile()); err != nil {
		return "", fmt.Errorf("comet: node key: %w", err)
	}
	pv, err := ValidatorKey(cfg)
	if err != nil {
		return "", err
	}
	return base64.Encode(pv.Key.PubKey.Bytes()), nil
}

// nodeKey makes the node's key when there is none. The engine's own maker can leave half a file
// behind when it is killed.
func nodeKey(file string) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	text, err := cmtjson.Marshal(&p2p.NodeKey{PrivKey: ed25519.GenPrivKey()})
	if err != nil {
		return err
	}
	return tempfile.WriteFileAtomic(file, text, 0o600)
}

// ValidatorKey loads the key, or makes it. The state file is written before the key file, and both
// before any use, so a kill between them leaves no key without its state (the engine ends the
// process when it finds that).
func ValidatorKey(cfg *config.Config) (*privval.FilePV, error) {
	key, state := cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile()
	if _, err := os.Stat(key); err == nil {
		if _, err := os.Stat(state); err != nil {
			return nil,
				fmt.Errorf("comet: validator key without its state file, signing could contradict itself: %w", err)
		}
		return privval.LoadFilePV(key, state), nil
	}
	pv := privval.GenFilePV(key, state)
	pv.LastSignState.Save()
	pv.Key.Save()
	return pv, nil
}

// InitGenesis sets up a new chain with this folder's node as its only validator, voting for the
// member given. It returns the members' list in force, complete with the validator's key: publish
// it as members.json.
func InitGenesis(dir string, members *membership.Members, voter string, at time.Time) (*membership.Members, error) {
	if HasGenesis(dir) {
		return nil, ErrGenesisExists
	}
	key, err := NewValidatorKey(dir)
	if err != nil {
		return nil, err
	}
	full := *members
	full.Members = slices.Clone(members.Members)
	for i := range full.Members {
		m := &full.Members[i]
		m.Validator = ""
		if m.ID != voter {
			m.Power = 0
			continue
		}
		m.Validator, m.Power = key, max(m.Power, 1)
	}
	return WriteGenesis(dir, &full, at)
}

// WriteGenesis writes the genesis of a chain whose members' list is complete. Every node of the
// chain writes the same, with the same time. The list comes back sorted, as it is in force.
func WriteGenesis(dir string, members *membership.Members, at time.Time) (*membership.Members, error) {
	if HasGenesis(dir) {
		return nil, ErrGenesisExists
	}
	full, text, err := MakeGenesis(members, at)
	if err != nil {
		return nil, err
	}
	return full, writeGenesis(dir, text)
}

// CopyGenesis gives another folder's node the same genesis: ErrNoGenesis, ErrGenesisExists.
func CopyGenesis(from, to string) error {
	if !HasGenesis(from) {
		return fmt.Errorf("%w: %s", ErrNoGenesis, filepath.Base(from))
	}
	if HasGenesis(to) {
		return ErrGenesisExists
	}
	text, err := os.ReadFile(Settings(from).GenesisFile())
	if err != nil {
		return fmt.Errorf("comet: genesis: %w", err)
	}
	return writeGenesis(to, text)
}

func writeGenesis(dir string, text []byte) error {
	file := Settings(dir).GenesisFile()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("comet: genesis: %w", err)
	}
	if err := tempfile.WriteFileAtomic(file, text, 0o600); err != nil { // synced and renamed: whole or not there
		return fmt.Errorf("comet: genesis: %w", err)
	}
	return nil
}

// MakeGenesis is the text of that file: a function of members and time alone, so that organisations
// who agree on these need not send it to each other.
func MakeGenesis(members *membership.Members, at time.Time) (full *membership.Members, text []byte, err error) {
	list := *members
	list.Members = slices.Clone(members.Members)
	slices.SortFunc(list.Members, func(a, b membership.Member) int { return strings.Compare(a.ID, b.ID) })
	if _, err := list.Open(); err != nil {
		return nil, nil, err
	}
	doc := types.GenesisDoc{
		GenesisTime: at.UTC().Truncate(time.Millisecond), ChainID: list.Chain, InitialHeight: 1,
		ConsensusParams: types.DefaultConsensusParams(), AppState: json.RawMessage(list.Bytes()),
	}
	doc.ConsensusParams.Block.MaxBytes = maxBlockBytes
	doc.ConsensusParams.ABCI.VoteExtensionsEnableHeight = 1
	for _, m := range list.Members {
		if m.Power == 0 {
			continue
		}
		pub, err := publicKey(m.Validator)
		if err != nil {
			return nil, nil, fmt.Errorf("comet: validator of %s: %w", m.ID, err)
		}
		doc.Validators = append(doc.Validators,
			types.GenesisValidator{Address: pub.Address(), PubKey: pub, Power: m.Power, Name: m.ID})
	}
	if err := doc.ValidateAndComplete(); err != nil {
		return nil, nil, fmt.Errorf("comet: genesis: %w", err)
	}
	if text, err = cmtjson.MarshalIndent(&doc, "", "  "); err != nil {
		return nil, nil, fmt.Errorf("comet: genesis: %w", err)
	}
	return &list, text, nil
}
