"""What every sheet that Senda prints shares: the fonts, which letters they draw, and the one Typst of this process."""
