"""The server side of the Discord adapter: its channels, who may do what there, sanctions and what people write."""
