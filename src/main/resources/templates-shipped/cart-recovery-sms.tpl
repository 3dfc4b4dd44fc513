name: Cart recovery by SMS
channel: sms
type: marketing
category: cart-recovery
---
{{sender.name}}: your basket ({{plural cart.itemCount "item" "items"}}) is still here: {{cart.restoreUrl}}{{#if discountCode}} Code {{discountCode}}{{/if}} Stop: {{links.unsubscribe}}
