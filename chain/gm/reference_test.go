package gm

import "math/big"

// A third opinion: SM2 (GB/T 32918.2) in affine coordinates over math/big, written to be read. nil
// stands for infinity.
type affine struct{ x, y *big.Int }

var (
	refA = new(big.Int).Sub(curveP, big.NewInt(3))
	refG = &affine{hexInt("32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"),
		hexInt("bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0")}
)

func hexInt(s string) *big.Int { return new(big.Int).SetBytes(unhex(s)) }

func modP(v *big.Int) *big.Int { return v.Mod(v, curveP) }
func modN(v *big.Int) *big.Int { return v.Mod(v, curveN) }

func (a *affine) add(b *affine) *affine {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	var slope *big.Int
	if a.x.Cmp(b.x) == 0 {
		if modP(new(big.Int).Add(a.y, b.y)).Sign() == 0 {
			return nil
		}
		slope = new(big.Int).Mul(a.x, a.x)
		slope.Mul(slope, big.NewInt(3)).Add(slope, refA)
		slope.Mul(slope, new(big.Int).ModInverse(new(big.Int).Lsh(a.y, 1), curveP))
	} else {
		run := modP(new(big.Int).Sub(b.x, a.x))
		slope = new(big.Int).Sub(b.y, a.y)
		slope.Mul(slope, run.ModInverse(run, curveP))
	}
	modP(slope)
	x := new(big.Int).Mul(slope, slope)
	modP(x.Sub(x, a.x).Sub(x, b.x))
	y := new(big.Int).Sub(a.x, x)
	return &affine{x, modP(y.Mul(y, slope).Sub(y, a.y))}
}

func (a *affine) times(k *big.Int) (sum *affine) {
	for i := k.BitLen() - 1; i >= 0; i-- {
		sum = sum.add(sum)
		if k.Bit(i) == 1 {
			sum = sum.add(a)
		}
	}
	return sum
}

// refSign returns r, s for digest e and nonce k, or false when the standard says to choose another
// k.
func refSign(d, e, k *big.Int, kG *affine) (r, s *big.Int, ok bool) {
	r = modN(new(big.Int).Add(e, kG.x))
	if r.Sign() == 0 || new(big.Int).Add(r, k).Cmp(curveN) == 0 {
		return nil, nil, false
	}
	s = modN(new(big.Int).Sub(k, new(big.Int).Mul(r, d)))
	modN(s.Mul(s, new(big.Int).ModInverse(new(big.Int).Add(d, big.NewInt(1)), curveN)))
	return r, s, s.Sign() != 0
}

func refVerify(p *affine, e, r, s *big.Int) bool {
	t := modN(new(big.Int).Add(r, s))
	if !inRange(r) || !inRange(s) || t.Sign() == 0 {
		return false
	}
	sum := refG.times(s).add(p.times(t))
	return sum != nil && modN(new(big.Int).Add(e, sum.x)).Cmp(r) == 0
}
