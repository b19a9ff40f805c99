package gm

import (
	"bytes"
	"errors"
	"testing"
)

func TestPublicPEM(t *testing.T) {
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	text := key.Public().PEM()
	again, err := ParsePublicPEM(text)
	if err != nil || !again.Equal(key.Public()) {
		t.Fatalf("round trip: %v", err)
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "two blocks": append(bytes.Clone(text), text...), "text after": append(bytes.Clone(text), 'x'),
		"another type": bytes.ReplaceAll(text, []byte("PUBLIC"), []byte("PRIVATE")),
	} {
		if _, err := ParsePublicPEM(bad); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
}
