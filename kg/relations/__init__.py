"""What actors do and are: clauses, nominal events, states, their class, status, source, time and place."""
