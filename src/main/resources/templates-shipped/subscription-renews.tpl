name: Subscription: renews in a week
channel: email
type: transactional
category: subscription
subject: Your subscription renews soon
preheader: Nothing to do if all is well. What to do if it isn’t.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Your subscription goes on</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, your subscription renews {{#if customer.attributes.renewsOn}}on <strong>{{date customer.attributes.renewsOn "EEEE d MMMM"}}</strong>{{else}}in a week{{/if}}. If you’re happy with it, there is nothing to do.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">If you want to change what’s in it, skip a delivery or end it, do so before then.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Look at my subscription</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">A question? Answer this mail.</p>
