name: Welcome 1: hello
channel: email
type: marketing
category: welcome
subject: Welcome to {{sender.name}}
preheader: Who we are, in one minute.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Good to have you here, {{default customer.firstName "there"}}</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">We are four families and some eighty cows on the polder north of Amsterdam. What you see in the shop is what we make: milk that hasn’t been stood about, yogurt set in the pot, cheese turned by hand.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Over this week we’ll write twice more: once about how to get the best out of it, and once with what the season brings. That’s all.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Look around the shop</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Not what you expected? Choose what you get, or stop it, at the foot of each mail.</p>
