"""The geometry of the pictures: what stands where, worked out here so that a template only writes it down."""
