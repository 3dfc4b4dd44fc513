name: After an order: how to keep it
channel: email
type: marketing
category: after-order
subject: How to keep what you ordered
preheader: Three small things that make it last, and taste.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Now that it’s in your fridge</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, your order{{#if orderId}} <strong>{{orderId}}</strong>{{/if}} should be with you by now. Three small things that we’d tell you at the counter:</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Milk</strong> likes the back of the fridge, not the door. Shake it: the cream is on top.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Cheese</strong> wants paper, not plastic, and an hour outside before you eat it.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Yogurt and kefir</strong> go on ripening. Mild now, sharper next week; both are as they should be.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Ideas from our kitchen</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Did something arrive warm, broken or not at all? Answer this mail and we put it right.</p>
