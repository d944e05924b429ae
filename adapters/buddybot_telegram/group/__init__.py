"""The group side of the Telegram adapter: its topics, who may do what there, sanctions and the links into private."""
