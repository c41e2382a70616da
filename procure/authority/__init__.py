"""By what right: meetings, resolutions, delegations, consultations, signatures."""
