package gateway

import "strings"

// Zone tells how far a parcel travels, from its postcode.
func Zone(postcode string) (string, bool) {
	switch {
	case strings.HasPrefix(postcode, "IS"):
		return "island", true
	case len(postcode) == 5:
		return "mainland", true
	default:
		return "", false
	}
}
