name: VIP 2: a present
channel: email
type: marketing
category: vip
subject: Something for you, without a reason
preheader: {{#if discountCode}}Your code: {{discountCode}}. It works once.{{else}}Just to say thank you.{{/if}}
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">For you, just like that</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, good customers shouldn’t have to wait for a sale. Take this, for whatever you fancy.</p>
{{#if discountCode}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 22px;"><tr><td class="wash" align="center" style="background:#eaf3ee;border-radius:12px;padding:20px 16px;">
  <p class="soft" style="margin:0 0 6px;font-size:14px;line-height:20px;color:#56605a;">Off your next order</p>
  <p class="ink" style="margin:0 0 6px;font-family:'SF Mono',Menlo,Consolas,monospace;font-size:24px;line-height:30px;letter-spacing:2px;font-weight:bold;color:#20231f;">{{discountCode}}</p>
  <p class="soft" style="margin:0;font-size:14px;line-height:20px;color:#56605a;">Good once, until {{date discountExpiresAt "EEEE d MMMM" customer.timeZone}}</p>
</td></tr></table>{{/if}}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Fill a basket</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">It is yours alone. Please don’t pass it on.</p>
