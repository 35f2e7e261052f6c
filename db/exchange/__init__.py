"""The directory as a spreadsheet: out to the people who know, and back in after everything was checked."""
