package cost

import "testing"

// 52,000 rows of 400 tokens each at $20 a million are $416: Alpaca paid under $500.
func TestDataByHand(t *testing.T) {
	d := Data{Kept: 52000, Yield: 1, Tokens: 400, Price: 20}
	near(t, "generated", d.USD(), 416, 1e-9)
	d = Data{Kept: 1000, Yield: 0.5, Tokens: 1000, Price: 10, JudgeTokens: 2000, JudgePrice: 1, Checked: 0.1, Minutes: 3, Rate: 60, Seeds: 100, Rework: 0.25}
	near(t, "with judge, people, seeds and rework", d.USD(), (100+2000*(10000.0+2000)/1e6+1000*0.1*3)*1.25, 1e-9)
}
