package home

import (
	"errors"
	"fmt"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"

	"github.com/smart-hospital/hospital/chain/base64"
)

// possession begins everything that Prove signs, so that a proof can never be taken for a vote or a
// handshake.
const possession = "hospital/node-keys/v1\n"

// ErrProof is a proof of possession that does not hold.
var ErrProof = errors.New("comet: proof of possession does not hold")

// Identity is the public halves of a node's two keys, ed25519 in base64.
type Identity struct {
	Node      string // authenticates it to its peers; PeerID is made of it
	Validator string // signs its votes; Member.Validator has this form
}

// NewIdentity makes a node's two keys in a folder, or finds them there.
func NewIdentity(dir string) (Identity, error) {
	validator, err := NewValidatorKey(dir)
	if err != nil {
		return Identity{}, err
	}
	key, err := p2p.LoadNodeKey(Settings(dir).NodeKeyFile())
	if err != nil {
		return Identity{}, fmt.Errorf("comet: node key: %w", err)
	}
	return Identity{Node: base64.Encode(key.PubKey().Bytes()), Validator: validator}, nil
}

// Prove signs a message with both keys of a folder: that its holder has the private halves. Base64.
func Prove(dir string, msg []byte) (node, validator string, err error) {
	cfg := Settings(dir)
	key, err := p2p.LoadNodeKey(cfg.NodeKeyFile())
	if err != nil {
		return "", "", fmt.Errorf("comet: node key: %w", err)
	}
	pv, err := ValidatorKey(cfg)
	if err != nil {
		return "", "", err
	}
	msg = append([]byte(possession), msg...)
	byNode, err := key.PrivKey.Sign(msg)
	if err != nil {
		return "", "", fmt.Errorf("comet: node key: %w", err)
	}
	byValidator, err := pv.Key.PrivKey.Sign(msg)
	if err != nil {
		return "", "", fmt.Errorf("comet: validator key: %w", err)
	}
	return base64.Encode(byNode), base64.Encode(byValidator), nil
}

// CheckProof checks one signature of Prove: ErrProof.
func CheckProof(key string, msg []byte, sig string) error {
	pub, err := publicKey(key)
	if err != nil {
		return err
	}
	raw, err := base64.Decode(sig)
	if err != nil || !pub.VerifySignature(append([]byte(possession), msg...), raw) {
		return ErrProof
	}
	return nil
}

// PeerID is the name by which other nodes know a node: they dial "id@host:port".
func PeerID(nodeKey string) (string, error) {
	pub, err := publicKey(nodeKey)
	if err != nil {
		return "", err
	}
	return string(p2p.PubKeyToID(pub)), nil
}

func publicKey(text string) (ed25519.PubKey, error) {
	raw, err := base64.Decode(text)
	if err != nil || len(raw) != ed25519.PubKeySize {
		return nil, fmt.Errorf("%w: key must be %d bytes in base64", ErrProof, ed25519.PubKeySize)
	}
	return ed25519.PubKey(raw), nil
}
