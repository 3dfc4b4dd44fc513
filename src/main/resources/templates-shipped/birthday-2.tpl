name: Birthday 2: your present is still here
channel: email
type: marketing
category: birthday
subject: Your present is still on the table
preheader: {{#if discountCode}}Your code: {{discountCode}}. A week is left.{{else}}A good new year of life.{{/if}}
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">You haven’t unwrapped it yet</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, a week ago we left something for your birthday. In case it went under among the other cards:</p>
{{#if discountCode}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 22px;"><tr><td class="wash" align="center" style="background:#eaf3ee;border-radius:12px;padding:20px 16px;">
  <p class="soft" style="margin:0 0 6px;font-size:14px;line-height:20px;color:#56605a;">A tenth off whatever you like</p>
  <p class="ink" style="margin:0 0 6px;font-family:'SF Mono',Menlo,Consolas,monospace;font-size:24px;line-height:30px;letter-spacing:2px;font-weight:bold;color:#20231f;">{{discountCode}}</p>
  <p class="soft" style="margin:0;font-size:14px;line-height:20px;color:#56605a;">Good once, until {{date discountExpiresAt "EEEE d MMMM" customer.timeZone}}</p>
</td></tr></table>{{/if}}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Unwrap it</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">We’ll be back next year, older and riper.</p>
