package cost

// Pays is whether the npv of Payback is above zero and its PaysBack holds: all that a search for flips asks, without looking
// past the horizon.
func (t *Terms) Pays() bool {
	m := t.first()
	rate := t.rate()
	discount, present, flows, cumulative, back := 1.0, 0.0, 0.0, -t.Upfront, t.Upfront <= 0
	for range t.Horizon {
		flow := float64(t.calls(&m)*t.saving(&m)) - t.Running
		discount *= rate
		present += flow / discount
		flows += flow
		cumulative += flow
		back = back || cumulative >= 0
		m.next()
	}
	return float64(t.Success*present)-t.Upfront > 0 && back && flows-t.Upfront >= 0
}
