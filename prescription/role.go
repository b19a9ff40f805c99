package prescription

import (
	"github.com/smart-hospital/hospital/chain"
)

// RoleRegulator is the regulator's account (卫健委). It has no certificate: it reads and signs
// nothing.
const RoleRegulator chain.Role = "regulator"
