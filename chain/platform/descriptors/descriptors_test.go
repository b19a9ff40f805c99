package descriptors

import "testing"

// However small the limit, the shares leave room for connections below what is kept back.
func TestShares(t *testing.T) {
	for _, limit := range []int{Least, 512, 1024, 4096, 20000, 1 << 20} {
		s := Of(limit)
		if s.Ceiling() <= 0 || s.Ceiling() >= limit || s.Limit-s.Ceiling() != s.Kept {
			t.Errorf("limit %d: ceiling %d of %+v", limit, s.Ceiling(), s)
		}
		if n := s.Connections(8192); n < leastPeers || n > s.Ceiling() || n > 8192 {
			t.Errorf("limit %d: %d connections, ceiling %d", limit, n, s.Ceiling())
		}
	}
	if s := Of(0); s.Ceiling() != 0 || s.Connections(8192) != 8192 {
		t.Errorf("a system without a limit: %+v", s)
	}
	if s, err := Raise(); err != nil || Now() != s {
		t.Errorf("this process: %+v, %v", s, err)
	}
}
