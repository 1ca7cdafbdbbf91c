"""What a partnership configures: folders of TOML, read and checked into `store.domain.reference`."""
