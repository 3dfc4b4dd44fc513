name: Cart recovery by push
channel: push
type: marketing
category: cart-recovery
subject: Your basket is still here
---
{{plural cart.itemCount "item" "items"}} for {{money cart.total cart.currency}}. Go on where you left.
