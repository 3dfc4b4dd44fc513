name: Order: thank you
channel: email
type: transactional
category: order
subject: Thank you for your order{{#if orderId}} {{orderId}}{{/if}}
preheader: We have it, and we pack it next.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Thank you, {{default customer.firstName "there"}}</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">We have your order{{#if orderId}} <strong>{{orderId}}</strong>{{/if}}{{#if total}}, {{money total currency}} in all{{/if}}. We pack it cold and tell you when it leaves.</p>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">A question? Answer this mail.</p>
